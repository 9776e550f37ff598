using Fairlead.Domain.Projects;
using Fairlead.Steps.Events;

namespace Fairlead.Steps.Execution;

/// <summary>What all runs of one invocation share.</summary>
internal sealed record RunContext(CommitState Commit, string User, EventSink Events)
{
    /// <summary>Set when a failure keeps further steps from beginning.</summary>
    public FailureStop? Stop { get; init; }
}
