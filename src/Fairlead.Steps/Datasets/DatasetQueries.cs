using System.Text;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Execution;
using Fairlead.Steps.Execution.Sandboxes;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps.Datasets;

/// <summary>Makes datasets by queries over others: each is a SQL step, recorded and reused as any other.</summary>
internal sealed class DatasetQueries(StepExecutor executor, StepCache cache, StepSandboxes sandboxes, IArtifactStore store, Lazy<string>? sqlEngine)
{
    private const string Output = "data.parquet";

    /// <param name="sources">The states of the datasets that it reads, by name.</param>
    /// <exception cref="FairleadException">Failed: the query fails; the end of its log is in the message.</exception>
    public async Task<RunBrief> MakeAsync(DatasetDefinition dataset, string query, IReadOnlyDictionary<string, DatasetInput> sources, RunContext context, CancellationToken cancellationToken)
    {
        var (planner, planned, script) = await PlanAsync(dataset, query, sources, cancellationToken);
        // So that the run can be executed again when the query was never committed.
        await store.PutBytesAsync(script, cancellationToken);
        var result = await executor.ExecuteAsync(this, planner, planned, StepGates.RequestOf(planned.Step, 0, 0), context, cancellationToken);
        return result.Outcome is StepOutcome.Executed or StepOutcome.Cached
            ? result.Run!
            : throw FairleadException.Failed($"The query of the dataset '{dataset.Name}' failed ({result.Run?.Id}): {result.Reason}");
    }

    /// <exception cref="FairleadException">Conflict when it was not made yet.</exception>
    public async Task<RunBrief> FindAsync(DatasetDefinition dataset, string query, IReadOnlyDictionary<string, DatasetInput> sources, CancellationToken cancellationToken)
    {
        var (_, planned, _) = await PlanAsync(dataset, query, sources, cancellationToken);
        var answer = await cache.LookAsync(planned, cancellationToken);
        return answer.Run ?? throw FairleadException.Conflict($"The dataset '{dataset.Name}' was not made for the project as it is ({answer.Reason}); run `fairlead dataset add {dataset.Name}`.");
    }

    public static ArtifactRef ArtifactOf(RunBrief run) => run.Outputs.Single(output => output.Name == Output).Artifact;

    private async Task<(StepPlanner Planner, PlannedStep Planned, byte[] Script)> PlanAsync(
        DatasetDefinition dataset, string query, IReadOnlyDictionary<string, DatasetInput> sources, CancellationToken cancellationToken)
    {
        // The line break ends a comment at the query's end.
        var script = Encoding.UTF8.GetBytes($"copy (\n{query.TrimEnd().TrimEnd(';')}\n) to 'out/{Output}' (format parquet, compression zstd);\n");
        var step = new StepDefinition { Name = dataset.RunFamily, Sql = dataset.Sql, Inputs = dataset.From, Outputs = [Output] };
        var read = new StepSources
        {
            Code = new Dictionary<string, ArtifactRef>(),
            Scripts = new Dictionary<string, byte[]> { [dataset.Sql!] = script },
            Tools = new Dictionary<string, string>(),
            Machine = await sandboxes.FindAsync(cancellationToken),
        };
        var planner = new StepPlanner(read, sources, sqlEngine?.Value);
        return (planner, planner.Plan(step, static _ => null), script);
    }
}
