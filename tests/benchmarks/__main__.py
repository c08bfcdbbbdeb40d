"""`make bench`: figures with the machine beside them; never tests."""

from __future__ import annotations

from tests.benchmarks import bench_match, bench_pages, bench_season, bench_sign_ups
from tests.benchmarks.output import machine


def main() -> None:
    machine()
    bench_match.main()
    bench_pages.run()
    bench_season.run()
    bench_sign_ups.run()


if __name__ == "__main__":
    main()
