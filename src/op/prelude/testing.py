def _test_optional_intlist(values, addends: Optional[List[int]]):
    if addends is None:
        return values
    return torch.add(values, torch.tensor(addends, dtype=values.dtype))

def _test_optional_filled_intlist(values, addends: Optional[List[int]]):
    if addends is None:
        return values
    return torch.add(values, torch.tensor(addends, dtype=values.dtype))

def _test_optional_floatlist(values, addends: Optional[List[float]]):
    if addends is None:
        return values
    return torch.add(values, torch.tensor(addends, dtype=values.dtype))
