#!/usr/bin/env python3
"""What a run of Spark shuffled, of its event log: bytes and rows, all of it and the largest stages.

    shuffled.py EVENT_LOG [ARTICLES]    EVENT_LOG: what a run with --conf spark.eventLog.enabled=true, .rolling.enabled=false and .compress=false left
"""
import collections
import json
import sys


def main():
    if len(sys.argv) not in (2, 3):
        print(__doc__)
        return 2
    written, rows, seconds, memory, names = collections.Counter(), collections.Counter(), 0, 0, {}
    with open(sys.argv[1], encoding="utf-8") as log:
        for line in log:
            event = json.loads(line)
            if event["Event"] == "SparkListenerStageSubmitted":
                names[event["Stage Info"]["Stage ID"]] = event["Stage Info"]["Stage Name"].split(" at ")[0]
            if event["Event"] != "SparkListenerTaskEnd" or not event.get("Task Metrics"):
                continue
            metrics = event["Task Metrics"]
            written[event["Stage ID"]] += metrics["Shuffle Write Metrics"]["Shuffle Bytes Written"]
            rows[event["Stage ID"]] += metrics["Shuffle Write Metrics"]["Shuffle Records Written"]
            seconds += metrics["Executor Run Time"] / 1000
            memory = max(memory, metrics["Peak Execution Memory"])
    of = f", {sum(written.values()) / int(sys.argv[2]):,.0f} bytes an article" if len(sys.argv) > 2 else ""
    print(f"{sum(written.values()):,} bytes{of}, {sum(rows.values()):,} rows, {seconds:,.0f} s of tasks, {memory / 1e6:,.0f} MB at most in a task of the JVM")
    for stage, size in written.most_common(6):
        print(f"  {size:>14,} bytes {rows[stage]:>12,} rows  stage {stage}: {names.get(stage)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
