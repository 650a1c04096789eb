"""Statistics: thin layers over statsmodels and scipy, own code only where no library has it."""
