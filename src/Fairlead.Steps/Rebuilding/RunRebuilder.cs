using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Events;
using Fairlead.Steps.Execution;
using Fairlead.Steps.Keys;
using Fairlead.Steps.Workspace;
using Microsoft.Extensions.Logging;

namespace Fairlead.Steps.Rebuilding;

/// <summary>Executes recorded runs again, one rebuild at a time. What they make goes into the store; nothing else is kept.</summary>
public sealed class RunRebuilder : IRunRebuilder
{
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
    private readonly KeyLocks gate = new();

    /// <param name="options">Those of the engine that executed them.</param>
    public RunRebuilder(
        GitWorkspace workspace, IProjectReader reader, IArtifactStore store, IRunCatalog runs, StepEngineOptions options, TimeProvider time, ILogger<RunRebuilder> logger)
    {
        options.Validate();
        (this.workspace, this.reader, this.store, this.runs, this.options, this.time, this.logger) = (workspace, reader, store, runs, options, time, logger);
        tools = new ToolVersions(StepEnvironment.SearchPath(options.ToolPath), time, logger);
        comparison = new OutputComparison(store);
        var processes = new ProcessRunner(time, logger);
        executors = [new CommandExecutor(processes), new SqlExecutor(processes, options.SqlCommand)];
    }

    public async Task<IReadOnlyList<RebuiltRun>> RebuildAsync(RunId id, Action<string> progress, CancellationToken cancellationToken)
    {
        using var held = await gate.AcquireAsync("rebuild", cancellationToken);
        var needed = await RunAncestry.ReadAsync(runs, id, cancellationToken);
        // Below the folder that a successor sweeps, with the processes that have it in their environment.
        var root = Path.Combine(options.State.Work, $"rebuild-{Guid.NewGuid():n}");
        try
        {
            var sources = new RecordedSources(workspace, reader, store, tools, options.SqlEngineVersion, Path.Combine(root, "commits"));
            var rebuilt = new Dictionary<RunId, RebuiltRun>();
            foreach (var run in needed)
            {
                var started = time.GetTimestamp();
                var one = await RebuildAsync(run, rebuilt, sources, root, progress, cancellationToken);
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

    private async Task<RebuiltRun> RebuildAsync(
        Run run, Dictionary<RunId, RebuiltRun> rebuilt, RecordedSources sources, string root, Action<string> progress, CancellationToken cancellationToken)
    {
        var notes = new List<string>();
        var result = new RebuiltRun { Run = run.Id, Commit = run.Commit.Commit, Outcome = RebuildOutcome.Impossible, Notes = notes };
        PlannedStep planned;
        StepSources found;
        try
        {
            var inputs = run.Inputs.Select(input => InputOf(run, input, rebuilt)).ToList();
            (var step, found) = await sources.FindAsync(run, notes, cancellationToken);
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
        var runner = new StepRunner(new NoJournal(run.Id), store, executors, options with { State = new StateFolder(root) }, time, logger);
        var final = await runner.ExecuteAsync(planned, "rebuilt", sources, new RunContext(run.Commit, run.StartedBy, events), cancellationToken);
        events.ThrowIfFailed();
        return final;
    }

    private RunInput InputOf(Run run, RunInput input, Dictionary<RunId, RebuiltRun> rebuilt)
    {
        if (input.Run is not { } maker)
        {
            return store.Contains(input.Artifact)
                ? input
                : throw FairleadException.NotFound($"The data '{RunInputLabel.Of(input)}' ({input.Artifact.Digest}) that {run.Id} read is not in the store any more.");
        }

        var made = rebuilt[maker];
        var output = input.Source[(input.Source.IndexOf('/', StringComparison.Ordinal) + 1)..].TrimEnd('/');
        return made.Outputs.FirstOrDefault(candidate => candidate.Name.TrimEnd('/') == output) is { } found
            ? input with { Artifact = found.Artifact }
            : throw FairleadException.Conflict($"It reads '{input.Source}' of {maker}, which could not be had again.");
    }

    private static string Describe(FileDifference difference) => difference switch
    {
        { Rebuilt: null } => $"The file '{difference.File}' is not made any more.",
        { Recorded: null } => $"The file '{difference.File}' was not made then.",
        { Offset: { } offset } => $"The file '{difference.File}' differs from byte {offset} on.",
        _ => $"The file '{difference.File}' differs.",
    };
}
