using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Domain.Scheduling;

/// <summary>Says whether an environment may change now, by the project file as it is now, or as it was read last when it cannot be read.</summary>
public sealed class DeployGate(IWorkspace workspace, TimeProvider time)
{
    private static readonly TimeSpan ReadAgain = TimeSpan.FromMinutes(1);
    private volatile IReadOnlyList<EnvironmentDefinition>? known;

    /// <summary>When it may change; always, for an environment that the project does not know.</summary>
    /// <exception cref="FairleadException">Invalid: the project file cannot be read and never was.</exception>
    public async Task<DeployCalendar> CalendarAsync(string environment, CancellationToken cancellationToken)
    {
        try
        {
            known = (await workspace.ReadAsync(cancellationToken).ConfigureAwait(false)).Project.Environments;
        }
        catch (FairleadException) when (known is not null)
        {
            // A mistake in the file neither opens nor closes anything.
        }

        return known.FirstOrDefault(candidate => candidate.Name == environment)?.Calendar ?? DeployCalendar.Always;
    }

    /// <summary>Why it is closed; null when it may change. Closed, too, while the project file was never read: whether it may is not known.</summary>
    public async Task<DeployClosure?> FindClosureAsync(string environment, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        try
        {
            var calendar = await CalendarAsync(environment, cancellationToken).ConfigureAwait(false);
            return calendar.WhyClosed(environment, now) is { } reason ? new DeployClosure(reason, calendar.NextOpening(now)) : null;
        }
        catch (FairleadException e)
        {
            return new DeployClosure($"The project file, which says when '{environment}' may change, cannot be read: {e.Message}", now + ReadAgain);
        }
    }

    /// <summary>The moment at which it closes next; null when it does not within 400 days, or that is not known.</summary>
    public async Task<DateTimeOffset?> FindClosingAsync(string environment, CancellationToken cancellationToken)
    {
        try
        {
            return (await CalendarAsync(environment, cancellationToken).ConfigureAwait(false)).NextClosing(time.GetUtcNow());
        }
        catch (FairleadException)
        {
            return null;
        }
    }
}
