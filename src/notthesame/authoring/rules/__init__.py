"""Every rule about content, each in one place: small functions that yield the faults they find."""
