using Fairlead.Domain.Projects;

namespace Fairlead.Triggers.Running;

public sealed record TriggerDeskOptions
{
    /// <summary>Where copies of other repositories lie.</summary>
    public required StateFolder State { get; init; }

    /// <summary>Gives the value of a secret's reference, such as <c>env:NAME</c>; throws a FairleadException that says what is missing.</summary>
    public required Func<string, string> Secrets { get; init; }

    /// <summary>How often it is seen whether a trigger is to be looked at.</summary>
    public TimeSpan Round { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long firings and deliveries are remembered.</summary>
    public TimeSpan Kept { get; init; } = TimeSpan.FromDays(90);
}
