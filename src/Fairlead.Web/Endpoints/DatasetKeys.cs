using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Web.Endpoints;

/// <summary>The columns by which rows of a dataset are told apart.</summary>
internal static class DatasetKeys
{
    /// <param name="given">Columns with commas between them, or null for those of the project file.</param>
    public static async Task<IReadOnlyList<string>> OfAsync(string dataset, string? given, IWorkspace workspace, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(given))
            return given.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        try
        {
            return (await workspace.ReadAsync(cancellationToken)).Project.Datasets.FirstOrDefault(one => one.Name == dataset)?.Key ?? [];
        }
        catch (FairleadException)
        {
            // Versions can be compared whatever is wrong with the project at the moment.
            return [];
        }
    }
}
