using System.Collections.Frozen;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Events;
using Fairlead.Steps.Execution.Sandboxes;
using Fairlead.Steps.Keys;
using Microsoft.Extensions.Logging;

namespace Fairlead.Steps.Execution;

/// <summary>Executes one planned step and writes it down: running before the command starts, its end once everything is in the store.</summary>
internal sealed class StepRunner
{
    private readonly IRunJournal journal;
    private readonly IArtifactStore store;
    private readonly StepEngineOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly OutputCollector collector;
    private readonly ExecutionPreparation preparation;
    private readonly FrozenDictionary<string, IStepExecutor> executors;

    public StepRunner(
        IRunJournal journal, IArtifactStore store, IEnumerable<IStepExecutor> executors, StepSandboxes sandboxes, StepEngineOptions options, TimeProvider time, ILogger logger)
    {
        this.journal = journal;
        this.store = store;
        this.options = options;
        this.time = time;
        this.logger = logger;
        collector = new OutputCollector(store);
        preparation = new ExecutionPreparation(sandboxes, options.LogLimit);
        this.executors = executors.ToDictionary(executor => executor.Name, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <returns>The final record.</returns>
    /// <exception cref="OperationCanceledException">After the run was recorded as cancelled.</exception>
    public async Task<Run> ExecuteAsync(PlannedStep planned, string reason, StepSources sources, RunContext context, CancellationToken cancellationToken)
    {
        var run = await journal.StartAsync(planned.Step.Family, id => Begin(planned, id, context), cancellationToken);
        context.Events.Emit(new StepStarted(run.Id, planned.Step.Name, reason));
        Run final;
        try
        {
            final = await CompleteAsync(run, planned, sources, context, cancellationToken);
        }
        catch (Exception e)
        {
            await FinishAsync(Failed(run, $"The engine failed: {e.Message}"), planned.Step.Name, context);
            throw;
        }

        final = await FinishAsync(final, planned.Step.Name, context);
        return final.Status == RunStatus.Cancelled ? throw new OperationCanceledException($"Run '{final.Id}' was cancelled.", cancellationToken) : final;
    }

    public Run Begin(PlannedStep planned, RunId id, RunContext context) => new()
    {
        Id = id,
        Variant = planned.Step.Variant,
        Key = planned.Key.Digest,
        KeyParts = planned.Key.Parts,
        Status = RunStatus.Running,
        Commit = context.Commit,
        Command = planned.Step.Run ?? $"sql: {planned.Step.Sql}",
        Parameters = planned.Step.Parameters,
        Inputs = planned.Inputs,
        StartedAt = time.GetUtcNow(),
        Machine = Environment.MachineName,
        StartedBy = context.User,
        Sandbox = KeyParts.SandboxNameIn(planned.Key.Parts),
    };

    private async Task<Run> FinishAsync(Run run, string step, RunContext context)
    {
        var final = run with { FinishedAt = time.GetUtcNow() };
        // Not cancellable: what happened is recorded even when nobody waits for it any more.
        await journal.FinishAsync(final, CancellationToken.None);
        context.Events.Emit(StepFinished.Of(step, final));
        return final;
    }

    private async Task<Run> CompleteAsync(Run run, PlannedStep planned, StepSources sources, RunContext context, CancellationToken cancellationToken)
    {
        var step = planned.Step;
        var root = WorkFolder.PathOf(options.State, run.Id);
        try
        {
            var folder = WorkFolder.Create(root);
            await folder.FillAsync(step, sources, planned.Inputs, store, cancellationToken);
            var execution = await preparation.PrepareAsync(run.Id.ToString(), step, folder, line => context.Events.Emit(new StepOutput(step.Name, line)), cancellationToken);
            run = run with { Sandbox = execution.Plan.Name, SandboxFacts = FactsOf(execution) };
            if (execution.Plan.Note is { } note)
                context.Events.TellOnce(step.Name, note);
            var executor = executors[step.Sql is null ? CommandExecutor.ExecutorName : SqlExecutor.ExecutorName];
            var result = await executor.ExecuteAsync(execution, cancellationToken);
            run = run with
            {
                ExitCode = result.Exit.Code,
                CpuSeconds = result.Exit.CpuSeconds,
                PeakMemoryBytes = result.Exit.PeakMemoryBytes,
                SandboxFacts = run.SandboxFacts! with { Limits = result.Limits },
            };
            run = await KeepLogAsync(run, folder);
            return ExecutionVerdict.Of(step, result) is { } verdict
                ? run with { Status = verdict.Status, Error = verdict.Error }
                : await CollectAsync(run, step, folder, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return run with { Status = RunStatus.Cancelled, Error = ExecutionVerdict.CancelledMessage(step) };
        }
        catch (FairleadException e)
        {
            return Failed(run, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Failed(run, $"Step '{step.Name}' could not be carried through: {e.Message}");
        }
        finally
        {
            FolderRemoval.TryRemove(root, logger);
        }
    }

    /// <summary>On a full disk, what became of the step is worth more than its log.</summary>
    private async Task<Run> KeepLogAsync(Run run, WorkFolder folder)
    {
        try
        {
            return run with { Log = await store.PutAsync(folder.LogPath, CancellationToken.None) };
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.Exhausted)
        {
            return run with { Remarks = [.. run.Remarks ?? [], $"Its log could not be kept: {e.Message}"] };
        }
    }

    private static RunSandbox FactsOf(StepExecution execution) => new()
    {
        Program = execution.Sandbox.Program,
        HasNetwork = execution.Plan.HasNetwork,
        Image = execution.Plan.Image,
        Note = execution.Plan.Note,
    };

    private async Task<Run> CollectAsync(Run run, StepDefinition step, WorkFolder folder, CancellationToken cancellationToken)
    {
        var outputs = await collector.CollectAsync(step, folder, cancellationToken);
        run = run with { Status = RunStatus.Succeeded, Outputs = outputs };
        return step.Metrics is { } file ? await MetricsRecord.AddAsync(run, OutputCollector.PathOf(folder, file), file, store, cancellationToken) : run;
    }

    private static Run Failed(Run run, string error) => run with { Status = RunStatus.Failed, Error = error };
}
