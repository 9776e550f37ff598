using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;

namespace Fairlead.Steps.Execution;

/// <summary>Takes what a step measured into its record: values in it, curves in the store.</summary>
internal static class MetricsRecord
{
    /// <param name="path">The metrics file that the step left.</param>
    /// <param name="name">The file as the project names it.</param>
    /// <exception cref="Domain.Problems.FairleadException">Failed when the file holds anything but metrics.</exception>
    public static async Task<Run> AddAsync(Run run, string path, string name, IArtifactStore store, CancellationToken cancellationToken)
    {
        var measured = await MetricsFile.ReadAsync(path, name, cancellationToken);
        if (measured.Remarks.Count > 0)
            run = run with { Remarks = [.. run.Remarks ?? [], .. measured.Remarks] };
        run = run with { Metrics = measured.Metrics };
        if (measured.Curves.Count == 0)
            return run;
        return run with
        {
            Curves = await store.PutBytesAsync(JsonSerializer.SerializeToUtf8Bytes(measured.Curves, DomainJson.Default.IReadOnlyListMetricCurve), cancellationToken),
            MetricsFile = await store.PutAsync(path, cancellationToken),
        };
    }
}
