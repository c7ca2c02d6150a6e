def _add_relu__Tensor(self, other, alpha: number):
    return torch.relu(torch.add(self, other, alpha=alpha))

def _add_relu__Scalar(self, other: number, alpha: number):
    return torch.relu(torch.add(self, other, alpha))
