using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Triggers.Definitions;

/// <summary>The triggers of the project file as it is where the project works; read again when the file changed.</summary>
internal sealed class ProjectTriggers(IWorkspace workspace)
{
    private (DateTime Written, long Length)? seen;

    /// <summary>As they were read last; null before that.</summary>
    public IReadOnlyList<TriggerContext>? Known { get; private set; }

    /// <summary>Why the file could not be read last; null when it could. What was known goes on then.</summary>
    public string? Problem { get; private set; }

    /// <returns>True when it was read anew.</returns>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var file = new FileInfo(Path.Combine(workspace.Root, StateFolder.ProjectFileName));
        var now = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
        if (seen == now)
            return false;
        try
        {
            var project = (await workspace.ReadAsync(cancellationToken).ConfigureAwait(false)).Project;
            Known = [.. project.Pipelines.SelectMany(pipeline => pipeline.Triggers.Select(trigger => new TriggerContext(pipeline.Name, trigger)))];
            Problem = null;
        }
        catch (FairleadException e)
        {
            Problem = e.Message;
            Known ??= [];
        }

        seen = now;
        return true;
    }
}
