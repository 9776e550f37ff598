using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;
using Fairlead.Steps.Events;
using Fairlead.Steps.Execution;
using Fairlead.Steps.Execution.Limits;
using Fairlead.Steps.Execution.Sandboxes;
using Fairlead.Steps.Keys;
using Fairlead.Steps.Rebuilding;
using Microsoft.Extensions.Logging;

namespace Fairlead.Steps.Datasets.Inspecting;

/// <summary>Has data read by a process as a step is executed: in its sandbox, with its limits, without a record.</summary>
internal sealed class DatasetProcessRunner
{
    private const string AnswerName = "answer.json";
    private const string OrderName = "order";
    private const long Memory = 3L << 30;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);
    private static readonly CommitState NoCommit = new("", null, null);
    private readonly IArtifactStore store;
    private readonly StepEngineOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly StepSandboxes sandboxes;
    private readonly IReadOnlyList<IStepExecutor> executors;

    public DatasetProcessRunner(IArtifactStore store, StepEngineOptions options, TimeProvider time, ILogger logger)
    {
        (this.store, this.options, this.time, this.logger) = (store, options, time, logger);
        sandboxes = new StepSandboxes(options, time, logger);
        executors = [new SqlExecutor(new ProcessRunner(new ResourceLimiter(options.HasControlGroups, logger), time, logger), options.DatasetCommand)];
    }

    /// <param name="inputs">By their names in <c>in/</c>.</param>
    /// <returns>The answer, a blob of the store.</returns>
    /// <exception cref="FairleadException">Failed: it cannot be read, or not within its limits.</exception>
    public async Task<(DatasetAnswer Answer, ArtifactRef Blob)> RunAsync(DatasetOrder order, IReadOnlyDictionary<string, ArtifactRef> inputs, CancellationToken cancellationToken)
    {
        var step = new StepDefinition
        {
            Name = DatasetDefinition.RunPrefix + "inspection",
            Sql = OrderName,
            Inputs = [.. inputs.Keys.Select(name => new StepInput(name, name, null, null))],
            Outputs = [AnswerName],
            Resources = new StepResources { Memory = Memory },
            Timeout = Timeout,
        };
        var sources = new StepSources
        {
            Code = new Dictionary<string, ArtifactRef>(),
            Scripts = new Dictionary<string, byte[]> { [OrderName] = JsonSerializer.SerializeToUtf8Bytes(order, DomainJson.Default.DatasetOrder) },
            Tools = new Dictionary<string, string>(),
            Machine = await sandboxes.FindAsync(cancellationToken),
        };
        var data = inputs.ToDictionary(input => input.Key, input => new DatasetInput(input.Value, null), StringComparer.Ordinal);
        var planned = new StepPlanner(sources, data, options.SqlEngineVersion?.Value).Plan(step, static _ => null);
        var run = await ExecuteAsync(planned, sources, cancellationToken);
        if (run.Status != RunStatus.Succeeded)
            throw FairleadException.Failed(run.Error?.Split('\n')[0] ?? "The process that reads data ended without an answer.");
        var blob = run.Outputs.Single().Artifact;
        var answer = JsonSerializer.Deserialize(await store.ReadAsync(blob.Digest, cancellationToken), DomainJson.Default.DatasetAnswer);
        return answer is null ? throw new InvalidOperationException("The process that reads data answered nothing.")
            : answer.Error is { } error ? throw FairleadException.Failed(error)
            : (answer, blob);
    }

    private async Task<Run> ExecuteAsync(PlannedStep planned, StepSources sources, CancellationToken cancellationToken)
    {
        // Below the folder that a successor sweeps, with the processes that have it in their environment.
        var root = Path.Combine(options.State.Work, $"inspection-{Guid.NewGuid():n}");
        try
        {
            var runner = new StepRunner(new NoJournal(new RunId(planned.Step.Name, 1)), store, executors, sandboxes, options with { State = new StateFolder(root) }, time, logger);
            return await runner.ExecuteAsync(planned, "inspection", sources, new RunContext(NoCommit, "", new EventSink(static _ => { })), cancellationToken);
        }
        finally
        {
            FolderRemoval.TryRemove(root, logger);
        }
    }
}
