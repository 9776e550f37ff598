using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Notices;

/// <summary>The project as it is, or as it last could be read: a mistake in the file keeps nobody from being told.</summary>
internal sealed class ReadableProject(IWorkspace workspace)
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
