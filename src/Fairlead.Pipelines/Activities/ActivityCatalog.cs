using System.Collections.Frozen;
using Fairlead.Domain.Pipelines.Activities;

namespace Fairlead.Pipelines.Activities;

/// <summary>Every kind of activity that an engine can carry out, by its name.</summary>
internal sealed class ActivityCatalog
{
    private readonly FrozenDictionary<string, IActivity> byKind;

    /// <exception cref="ArgumentException">Two activities are of the same kind.</exception>
    public ActivityCatalog(IEnumerable<IActivity> activities)
    {
        var all = activities.ToList();
        if (all.GroupBy(activity => activity.Kind, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"There are {twice.Count()} activities of the kind '{twice.Key}'.", nameof(activities));
        byKind = all.ToFrozenDictionary(activity => activity.Kind, StringComparer.Ordinal);
    }

    public IActivity? Find(string kind) => byKind.GetValueOrDefault(kind);
}
