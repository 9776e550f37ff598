using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Monitoring.Alerts;

/// <summary>The project as it is, or as it last could be read: a mistake in the file does not stop what is watched.</summary>
internal sealed class WatchedProject(IWorkspace workspace)
{
    private volatile ProjectDefinition? last;

    /// <exception cref="FairleadException">It never could be read.</exception>
    public async Task<ProjectDefinition> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return last = (await workspace.ReadAsync(cancellationToken).ConfigureAwait(false)).Project;
        }
        catch (FairleadException) when (last is not null)
        {
            return last;
        }
    }
}
