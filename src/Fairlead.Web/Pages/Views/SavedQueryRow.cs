using Fairlead.Predictions.Query;

namespace Fairlead.Web.Pages.Views;

/// <summary>A saved query in the list.</summary>
/// <param name="Description">Or empty.</param>
/// <param name="Parameters">Such as "$since, $service", or empty.</param>
public sealed record SavedQueryRow(string Name, string Path, string Description, string Parameters, string SavedBy)
{
    internal static SavedQueryRow Of(SavedQuery saved) =>
        new(saved.Name, PagePaths.SavedQuery(saved.Name), saved.Description ?? "", string.Join(", ", saved.Parameters.Select(QueryParameterView.Field)), saved.SavedBy);
}
