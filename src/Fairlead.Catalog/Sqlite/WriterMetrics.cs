using System.Diagnostics.Metrics;

namespace Fairlead.Catalog.Sqlite;

/// <summary>What is measured of the one writer.</summary>
internal static class WriterMetrics
{
    private static readonly Meter Meter = new("Fairlead.Catalog");

    public static readonly Histogram<double> Commit = Meter.CreateHistogram<double>("fairlead.catalog.commit.duration", "s", "A transaction of the catalog, from its beginning to its place on the disk.");

    public static readonly Counter<long> Writes = Meter.CreateCounter<long>("fairlead.catalog.writes", "{write}", "Writes in those transactions: those that wait together share one.");

    public static readonly Counter<long> Failures = Meter.CreateCounter<long>("fairlead.catalog.commit.failures", "{transaction}", "Transactions that failed as a whole, as on a full disk.");
}
