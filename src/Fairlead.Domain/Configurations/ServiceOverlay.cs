namespace Fairlead.Domain.Configurations;

/// <summary>What an environment gives to its services: to all that know the name, and to single ones, which goes before.</summary>
/// <param name="Shared">By name.</param>
/// <param name="Services">By service, then by name.</param>
public sealed record ServiceOverlay<T>(IReadOnlyDictionary<string, T> Shared, IReadOnlyDictionary<string, IReadOnlyDictionary<string, T>> Services)
{
    /// <summary>The single one's own value, else the shared one.</summary>
    public bool TryFind(string service, string name, out T value)
    {
        if (Services.TryGetValue(service, out var own) && own.TryGetValue(name, out var found))
        {
            value = found;
            return true;
        }

        return Shared.TryGetValue(name, out value!);
    }
}
