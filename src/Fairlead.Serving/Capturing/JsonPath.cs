using Fairlead.Domain.Services;

namespace Fairlead.Serving.Capturing;

/// <summary>
/// The members of JSON bodies that are redacted or hashed, as a tree of names. Names are compared as loosely as programs bind them, without regard
/// to case, '_' and '-': a member that is hidden by mistake is the smaller harm.
/// </summary>
internal sealed class JsonPath
{
    private const int LongestName = 256;

    /// <summary>Leads into the body explicitly, past the names of the record.</summary>
    private const string BodyPrefix = "body.";
    private readonly Dictionary<string, JsonPath> members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonPath>.AlternateLookup<ReadOnlySpan<char>> bySpan;

    private JsonPath() => bySpan = members.GetAlternateLookup<ReadOnlySpan<char>>();

    public FieldTreatment Treatment { get; private set; }

    /// <summary>Null when no member is hidden.</summary>
    /// <param name="isBody">True for a field of the policy that is a path, and no name of the record.</param>
    public static JsonPath? Of(CapturePolicy policy, Predicate<string> isBody)
    {
        var root = new JsonPath();
        foreach (var field in policy.Hash.Where(field => isBody(field)))
            root.AddAll(field, FieldTreatment.Hash);
        foreach (var field in policy.Redact.Where(field => isBody(field)))
            root.AddAll(field, FieldTreatment.Redact);
        return root.members.Count == 0 ? null : root;
    }

    /// <summary>The member of that name, if anything of it is hidden.</summary>
    public JsonPath? Find(ReadOnlySpan<char> name)
    {
        if (name.Length > LongestName)
            return null;
        Span<char> room = stackalloc char[LongestName];
        return bySpan.TryGetValue(Simplify(name, room), out var member) ? member : null;
    }

    private void AddAll(string field, FieldTreatment treatment)
    {
        Add(field.Split('.'), treatment);

        // A member may have a dot in its name.
        Add([field], treatment);
        if (field.StartsWith(BodyPrefix, StringComparison.Ordinal))
            AddAll(field[BodyPrefix.Length..], treatment);
    }

    private void Add(ReadOnlySpan<string> names, FieldTreatment treatment)
    {
        if (names.IsEmpty)
        {
            Treatment = treatment;
            return;
        }

        var name = Simplify(names[0], new char[names[0].Length]).ToString();
        if (!members.TryGetValue(name, out var member))
            members.Add(name, member = new JsonPath());
        member.Add(names[1..], treatment);
    }

    private static ReadOnlySpan<char> Simplify(ReadOnlySpan<char> name, Span<char> room)
    {
        var length = 0;
        foreach (var character in name)
        {
            if (character is not ('_' or '-'))
                room[length++] = char.ToLowerInvariant(character);
        }

        return room[..length];
    }
}
