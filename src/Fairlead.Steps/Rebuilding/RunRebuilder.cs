using System.Globalization;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Events;
using Fairlead.Steps.Execution;
using Fairlead.Steps.Execution.Limits;
using Fairlead.Steps.Execution.Sandboxes;
using Fairlead.Steps.Keys;
using Fairlead.Steps.Workspace;
using Microsoft.Extensions.Logging;

namespace Fairlead.Steps.Rebuilding;

/// <summary>Executes recorded runs again, one rebuild at a time. What they make goes into the store; nothing else is kept.</summary>
public sealed class RunRebuilder : IRunRebuilder
{
    private const int MostMetrics = 10;
    private readonly GitWorkspace workspace;
    private readonly IProjectReader reader;
    private readonly IArtifactStore store;
    private readonly IRunCatalog runs;
    private readonly StepEngineOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly ToolVersions tools;
    private readonly OutputComparison comparison;
    private readonly IReadOnlyList<IStepExecutor> executors;
    private readonly StepSandboxes sandboxes;
    private readonly KeyLocks gate = new();

    /// <param name="options">Those of the engine that executed them.</param>
    public RunRebuilder(
        GitWorkspace workspace, IProjectReader reader, IArtifactStore store, IRunCatalog runs, StepEngineOptions options, TimeProvider time, ILogger<RunRebuilder> logger)
    {
        options.Validate();
        (this.workspace, this.reader, this.store, this.runs, this.options, this.time, this.logger) = (workspace, reader, store, runs, options, time, logger);
        tools = new ToolVersions(StepEnvironment.SearchPath(options.ToolPath), options.State.Work, time, logger);
        comparison = new OutputComparison(store, new RowComparison(options.RowsCommand));
        sandboxes = new StepSandboxes(options, time, logger);
        var processes = new ProcessRunner(new ResourceLimiter(options.HasControlGroups, logger), time, logger);
        executors = [new CommandExecutor(processes), new SqlExecutor(processes, options.SqlCommand)];
    }

    public async Task<IReadOnlyList<RebuiltRun>> RebuildAsync(RunId id, Action<string> progress, CancellationToken cancellationToken) =>
        await RebuildAllAsync(await RunAncestry.ReadAsync(runs, id, cancellationToken), progress, cancellationToken);

    /// <summary>Executes one run again, of the inputs that it had: what they were made by is not executed.</summary>
    /// <inheritdoc cref="RebuildAsync(RunId, Action{string}, CancellationToken)"/>
    public async Task<RebuiltRun> RebuildAloneAsync(RunId id, Action<string> progress, CancellationToken cancellationToken) =>
        (await RebuildAllAsync([await RunAncestry.RequireAsync(runs, id, cancellationToken)], progress, cancellationToken))[0];

    private async Task<IReadOnlyList<RebuiltRun>> RebuildAllAsync(IReadOnlyList<Run> needed, Action<string> progress, CancellationToken cancellationToken)
    {
        using var held = await gate.AcquireAsync("rebuild", cancellationToken);
        // Below the folder that a successor sweeps, with the processes that have it in their environment.
        var root = Path.Combine(options.State.Work, $"rebuild-{Guid.NewGuid():n}");
        try
        {
            var sources = new RecordedSources(workspace, reader, store, tools, options.SqlEngineVersion?.Value, Path.Combine(root, "commits"));
            var rebuilt = new Dictionary<RunId, RebuiltRun>();
            foreach (var run in needed)
            {
                var started = time.GetTimestamp();
                var one = await RebuildAsync(run, needed.Count > 1 ? rebuilt : null, sources, root, progress, cancellationToken);
                rebuilt.Add(run.Id, one with { Seconds = time.GetElapsedTime(started).TotalSeconds });
                progress($"{run.Id}: {one.Outcome.ToString().ToLowerInvariant()}{(one.Reason is { } reason ? $": {reason}" : "")}");
            }

            return [.. needed.Select(run => rebuilt[run.Id])];
        }
        finally
        {
            FolderRemoval.TryRemove(root, logger);
        }
    }

    /// <param name="rebuilt">What its inputs are taken from; null for the inputs that it had.</param>
    private async Task<RebuiltRun> RebuildAsync(
        Run run, Dictionary<RunId, RebuiltRun>? rebuilt, RecordedSources sources, string root, Action<string> progress, CancellationToken cancellationToken)
    {
        var notes = new List<string>();
        var result = new RebuiltRun { Run = run.Id, Commit = run.Commit.Commit, Outcome = RebuildOutcome.Impossible, Notes = notes };
        PlannedStep planned;
        StepSources found;
        try
        {
            var inputs = run.Inputs.Select(input => InputOf(run, input, rebuilt)).ToList();
            (var step, found, var hasOtherTools) = await sources.FindAsync(run, notes, cancellationToken);
            result = result with { HasOtherTools = hasOtherTools };
            // Refuses what this machine cannot keep it in, before that looks like a failure of the step.
            (await sandboxes.FindAsync(cancellationToken)).PlanOf(step);
            planned = new PlannedStep(step, new StepKey(run.Key, run.KeyParts), inputs);
        }
        catch (FairleadException e)
        {
            return result with { Reason = e.Message };
        }

        progress($"{run.Id}: executing at commit {run.Commit.Short}");
        var final = await ExecuteAsync(run, planned, found, root, progress, cancellationToken);
        if (final.Status != RunStatus.Succeeded)
            return result with { Outcome = RebuildOutcome.Failed, Reason = $"It succeeded then and fails now: {final.Error}" };
        var difference = await comparison.FindAsync(run.Outputs, final.Outputs, cancellationToken);
        notes.AddRange(MetricsThatDiffer(run, final));
        return result with
        {
            Outcome = difference is null ? RebuildOutcome.Identical : RebuildOutcome.Different,
            Reason = difference is null ? null : Describe(difference),
            Outputs = final.Outputs,
            FirstDifference = difference,
        };
    }

    private async Task<Run> ExecuteAsync(Run run, PlannedStep planned, StepSources sources, string root, Action<string> progress, CancellationToken cancellationToken)
    {
        var events = new EventSink(told =>
        {
            if (told is StepOutput output)
                progress($"{run.Id} | {output.Line}");
        });
        var runner = new StepRunner(new NoJournal(run.Id), store, executors, sandboxes, options with { State = new StateFolder(root) }, time, logger);
        var final = await runner.ExecuteAsync(planned, "rebuilt", sources, new RunContext(run.Commit, run.StartedBy, events), cancellationToken);
        events.ThrowIfFailed();
        return final;
    }

    /// <summary>They are no output, and often of time: said, and nothing else.</summary>
    private static IEnumerable<string> MetricsThatDiffer(Run then, Run now) =>
        then.Metrics.Keys.Union(now.Metrics.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(name => (Name: name, Then: ValueOf(then, name), Now: ValueOf(now, name)))
            .Where(metric => metric.Then != metric.Now)
            .Take(MostMetrics)
            .Select(metric => $"the metric '{metric.Name}' is {metric.Now} and was {metric.Then}");

    private static string ValueOf(Run run, string metric) => run.Metrics.TryGetValue(metric, out var value) ? value.ToString("R", CultureInfo.InvariantCulture) : "none";

    private RunInput InputOf(Run run, RunInput input, Dictionary<RunId, RebuiltRun>? rebuilt)
    {
        if (rebuilt is null || input.Run is not { } maker)
        {
            return store.Contains(input.Artifact)
                ? input
                : throw FairleadException.NotFound($"The data '{RunInputLabel.Of(input)}' ({input.Artifact.Digest}) that {run.Id} read is not in the store any more.");
        }

        var made = rebuilt[maker];
        var output = RecordedStep.Split(input.Source).Output.TrimEnd('/');
        return made.Outputs.FirstOrDefault(candidate => candidate.Name.TrimEnd('/') == output) is { } found
            ? input with { Artifact = found.Artifact }
            : throw FairleadException.Conflict($"It reads '{input.Source}' of {maker}, which could not be had again.");
    }

    private static string Describe(FileDifference difference) => difference switch
    {
        { Rebuilt: null } => $"The file '{difference.File}' is not made any more.",
        { Recorded: null } => $"The file '{difference.File}' was not made then.",
        { Offset: { } offset, Row: { } row } => $"The file '{difference.File}' differs from byte {offset} on: {Describe(row)}.",
        { Offset: { } offset } => $"The file '{difference.File}' differs from byte {offset} on.",
        _ => $"The file '{difference.File}' differs.",
    };

    private static string Describe(DifferingRow row)
    {
        if (row is { Row: null, Column: null })
            return "its rows say the same, and only their encoding differs";
        var where = string.Join(" of ", new[] { row.Column is null ? null : $"'{row.Column}'", row.Row is { } number ? $"row {number}" : null }.OfType<string>());
        return $"{where} is {row.Rebuilt ?? "not there"} and was {row.Recorded ?? "not there"}";
    }
}
