using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Steps.Execution;
using Fairlead.Steps.Execution.Limits;
using Fairlead.Steps.Execution.Sandboxes;
using Fairlead.Steps.Keys;
using Microsoft.Extensions.Logging;

namespace Fairlead.Steps.Shells;

/// <summary>Prepares a step as if it were to be executed, and leaves the execution to somebody else.</summary>
internal sealed class ShellOpener(IArtifactStore store, StepSandboxes sandboxes, ResourceLimiter limiter, StepEngineOptions options, TimeProvider time, ILogger logger)
{
    private const string RunName = "shell";
    private readonly ExecutionPreparation preparation = new(sandboxes, options.LogLimit);

    /// <exception cref="FairleadException">Invalid for a SQL step without a command; Unavailable when the machine lacks the sandbox that the step asks for.</exception>
    public async Task<StepShell> OpenAsync(PlannedStep planned, StepSources sources, ShellOrder order, CancellationToken cancellationToken)
    {
        var step = planned.Step;
        var root = Path.Combine(options.State.Work, $"{RunName}-{Guid.NewGuid():n}");
        StepLimits? limits = null;
        try
        {
            var folder = WorkFolder.Create(root);
            await folder.FillAsync(step, sources, planned.Inputs, store, cancellationToken);
            var prepared = await preparation.PrepareAsync(RunName, step, folder, static _ => { }, cancellationToken);
            var execution = prepared with
            {
                Interaction = order.HasTerminal ? Interaction.Terminal : Interaction.Piped,
                Environment = AddTerminal(prepared.Environment, step, order),
            };
            limits = limiter.Open(execution);
            var sandboxed = await execution.Sandbox.WrapAsync(CommandOf(order, execution.Plan.Kind), execution, cancellationToken);
            var start = limits.Apply(sandboxed.Start);
            var shell = new PreparedShell
            {
                Step = step.Name,
                Sandbox = execution.Plan.Name,
                Folder = folder.Step,
                Inside = execution.Sandbox.PlacesOf(folder).Step,
                Command = start.Command,
                Environment = start.Environment,
                StartFolder = start.Folder,
            };
            return new StepShell(shell, folder, limits, sandboxed, time, logger);
        }
        catch
        {
            limits?.Dispose();
            FolderRemoval.TryRemove(root, logger);
            throw;
        }
    }

    private static IReadOnlyList<string> CommandOf(ShellOrder order, SandboxKind kind)
    {
        if (order.Command.Count > 0)
            return order.Command;
        // Of an image nothing is known but that it has what every command of a step needs.
        return order.HasTerminal && kind != SandboxKind.Container && File.Exists("/bin/bash") ? ["/bin/bash", "--noprofile", "--norc"] : ["/bin/sh"];
    }

    /// <summary>What a person at a terminal needs beside the step's own environment.</summary>
    private static IReadOnlyDictionary<string, string> AddTerminal(IReadOnlyDictionary<string, string> environment, StepDefinition step, ShellOrder order)
    {
        if (!order.HasTerminal)
            return environment;
        var variables = new Dictionary<string, string>(environment, StringComparer.Ordinal);
        variables.TryAdd("TERM", order.TerminalType ?? "dumb");
        variables.TryAdd("PS1", $"[{step.Name}] \\w \\$ ");
        return variables;
    }
}
