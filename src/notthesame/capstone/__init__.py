"""The capstone: ``nts.brief()`` puts the parts of an evidence brief together, to read or to print."""
