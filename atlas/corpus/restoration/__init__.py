"""Restoration of displaced characters: lines, tokens, and the homes of numbers, letters, joints and quotations."""
