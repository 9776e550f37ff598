using System.Collections.Frozen;
using Fairlead.Domain.Problems;

namespace Fairlead.Sweeps.Searching;

/// <summary>The searches by name.</summary>
internal static class SearchCatalog
{
    private static readonly FrozenDictionary<string, ISearch> Searches =
        new ISearch[] { new GridSearch(), new RandomSearch(), new HalvingSearch(), new HyperbandSearch(), new BayesSearch() }.ToFrozenDictionary(search => search.Name, StringComparer.Ordinal);

    /// <exception cref="FairleadException">Invalid.</exception>
    public static ISearch Require(string name) =>
        Searches.TryGetValue(name, out var search)
            ? search
            : throw FairleadException.Invalid($"There is no search '{name}'; {NearestName.Hint(name, Searches.Keys)}");
}
