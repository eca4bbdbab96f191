"""The instruments of the policy: one code file and one parameter file each."""
