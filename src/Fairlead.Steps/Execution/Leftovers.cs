using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Steps.Execution.Limits;
using Fairlead.Steps.Execution.Sandboxes;
using Microsoft.Extensions.Logging;

namespace Fairlead.Steps.Execution;

/// <summary>Ends what an engine that was killed left beyond its processes: control groups and containers, whose names are in the folders of its runs.</summary>
internal sealed class Leftovers(ContainerEngine containers, ILogger logger)
{
    /// <param name="folders">Below the work folder.</param>
    public async Task EndAsync(IReadOnlyList<string> folders, CancellationToken cancellationToken)
    {
        foreach (var folder in folders.SelectMany(RunFolders))
        {
            var group = Path.Combine(folder, ControlGroup.RecordName);
            if (File.Exists(group))
                ControlGroup.Remove(await File.ReadAllLinesAsync(group, cancellationToken), logger);
            var container = Path.Combine(folder, ContainerSandbox.RecordName);
            if (File.Exists(container))
                await EndContainerAsync(await File.ReadAllLinesAsync(container, cancellationToken), cancellationToken);
        }
    }

    /// <summary>The folder itself, and those of runs that were executed again in it.</summary>
    private static IEnumerable<string> RunFolders(string folder)
    {
        var nested = new StateFolder(folder).Work;
        return Directory.Exists(nested) ? Directory.GetDirectories(nested).Prepend(folder) : [folder];
    }

    private async Task EndContainerAsync(string[] record, CancellationToken cancellationToken)
    {
        // A record that was being written names nothing that was started.
        if (record.Length < 2)
            return;
        try
        {
            await containers.RemoveAsync(record[0], record[1], cancellationToken);
        }
        catch (FairleadException e)
        {
            Log.ContainerStays(logger, record[1], e.Message);
        }
    }
}
