#!/usr/bin/env python3
"""Trains the network of the demo on scikit-learn's handwritten digits and writes it as TorchScript.

Not needed to build or run the demo: digits.pt and digits.txt are checked in. To train again (a minute on one core), with
PyTorch and scikit-learn installed:

    python examples-cpp/digits/train.py

Writes digits.pt, the network, and digits.txt, the 360 test digits, which training never saw: a line a digit, its label
and then its 8 x 8 pixels in rows, each 0 (paper) to 16 (ink).
"""

from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

HERE = Path(__file__).parent


class DigitNet(nn.Module):
    """Takes pixels as they come, (N, 1, 8, 8) in 0 to 16, and returns log-probabilities, (N, 10)."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 24, 3, padding=1)
        self.norm1 = nn.BatchNorm2d(24)
        self.conv2 = nn.Conv2d(24, 48, 3, padding=1)
        self.norm2 = nn.BatchNorm2d(48)
        self.dropout = nn.Dropout(0.3)
        self.hidden = nn.Linear(48 * 2 * 2, 64)
        self.out = nn.Linear(64, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = x / 16.0
        x = F.max_pool2d(F.relu(self.norm1(self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(self.norm2(self.conv2(x))), 2)
        x = self.dropout(F.relu(self.hidden(torch.flatten(x, 1))))
        return F.log_softmax(self.out(x), dim=1)


def main():
    torch.manual_seed(0)
    torch.set_num_threads(1)
    pixels, labels = load_digits(return_X_y=True)
    pixels = torch.tensor(pixels, dtype=torch.float32).view(-1, 1, 8, 8)
    labels = torch.tensor(labels)
    train, test = train_test_split(range(len(labels)), test_size=0.2, stratify=labels, random_state=0)

    model = DigitNet()
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=40)
    for _ in range(40):
        model.train()
        for batch in torch.tensor(train)[torch.randperm(len(train))].split(64):
            optimizer.zero_grad()
            F.nll_loss(model(pixels[batch]), labels[batch]).backward()
            optimizer.step()
        schedule.step()

    model.eval()
    with torch.no_grad():
        right = (model(pixels[test]).argmax(1) == labels[test]).sum().item()
    print(f"{right} of {len(test)} test digits right ({100 * right / len(test):.1f} %)")
    torch.jit.script(model).save(str(HERE / "digits.pt"))

    with open(HERE / "digits.txt", "w") as file:
        for i in test:
            row = [int(labels[i])] + [int(p) for p in pixels[i].flatten()]
            file.write(" ".join(map(str, row)) + "\n")


if __name__ == "__main__":
    main()
