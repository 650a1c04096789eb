"""The subject: law and debate as data with rules. Nothing here draws a control or scores an answer."""

from . import definitions as definitions
