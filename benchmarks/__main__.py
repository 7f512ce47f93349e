"""`make bench`: every claim in turn, ours beside the peer's. The exit code says if all are kept."""

from benchmarks import consensus, directory, pages, readers50, reading, scale, voting

CLAIMS = (reading, pages, readers50, directory, voting, consensus, scale)


def main() -> int:
    kept = []
    for claim in CLAIMS:
        print(f"— {(claim.__doc__ or '').splitlines()[0]} —", flush=True)
        kept.append(claim.main())
        print(flush=True)
    return int(not all(kept))


if __name__ == "__main__":
    raise SystemExit(main())
