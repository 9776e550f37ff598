using System.Collections.Concurrent;

namespace Fairlead.Triggers.Git;

/// <summary>What webhooks told of commits that are about to be looked at.</summary>
internal sealed class PushNotes
{
    private const int Most = 1_000;
    private readonly ConcurrentDictionary<string, PushNote> notes = new(StringComparer.Ordinal);

    public void Add(string commit, PushNote note)
    {
        // Only for people: when too many wait to be seen, the older ones are told without.
        if (notes.Count >= Most)
            notes.Clear();
        notes[commit] = note;
    }

    public PushNote? Find(string commit) => notes.GetValueOrDefault(commit);
}
