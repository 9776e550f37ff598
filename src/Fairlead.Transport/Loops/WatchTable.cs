namespace Fairlead.Transport.Loops;

/// <summary>
/// Finds whom an event is for by the token that its descriptor was registered with. A token names a place and how often that was used, so
/// that an event that was under way when its descriptor was closed reaches nobody. For the loop's thread only.
/// </summary>
internal sealed class WatchTable
{
    private readonly List<Place> places = [];
    private readonly Stack<int> free = new();

    public ulong Add(IWatcher watcher)
    {
        if (!free.TryPop(out var index))
        {
            index = places.Count;
            places.Add(default);
        }

        var use = places[index].Use + 1;
        places[index] = new Place(watcher, use);
        return ((ulong)use << 32) | (uint)index;
    }

    public IWatcher? Find(ulong token)
    {
        var place = places[(int)(uint)token];
        return place.Use == (uint)(token >> 32) ? place.Watcher : null;
    }

    public void Remove(ulong token)
    {
        if (Find(token) is null)
            return;
        var index = (int)(uint)token;
        places[index] = new Place(null, places[index].Use);
        free.Push(index);
    }

    public IReadOnlyList<IWatcher> All() => [.. places.Where(place => place.Watcher is not null).Select(place => place.Watcher!)];

    private readonly record struct Place(IWatcher? Watcher, uint Use);
}
