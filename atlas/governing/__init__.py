"""Which provisions govern which places, and why: relations found in the text, not legal conclusions."""
