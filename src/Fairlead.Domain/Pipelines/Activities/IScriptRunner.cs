namespace Fairlead.Domain.Pipelines.Activities;

/// <summary>The seam to sandboxed commands.</summary>
public interface IScriptRunner
{
    /// <summary>Runs the command to its end; cancelled, it ends it with all that it began.</summary>
    /// <exception cref="Problems.FairleadException">It could not be begun.</exception>
    Task<ScriptEnd> RunAsync(ScriptOrder order, Action heartbeat, CancellationToken cancellationToken);
}
