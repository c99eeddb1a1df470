"""What a code is on a day: ICD-10-CM in tabular order, HCPCS."""
