using System.Globalization;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Identity;

/// <summary>How far the audit log went, and the hash there. Who keeps one elsewhere can tell later whether anything up to it was changed.</summary>
public sealed record AuditHead(long Number, Digest Hash)
{
    /// <summary>Before the first entry.</summary>
    public static AuditHead Empty { get; } = new(0, Digest.FromHash(new byte[32]));

    /// <exception cref="FairleadException">Invalid.</exception>
    public static AuditHead Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && long.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Digest.TryParse(text[(colon + 1)..], out var hash)
            ? new AuditHead(number, hash)
            : throw FairleadException.Invalid($"'{AuditText.Clean(text, 100)}' is not the head of an audit log; give one as 'fairlead audit verify' prints it, such as '12:sha256:…'.");
    }

    public override string ToString() => $"{Number}:{Hash}";
}
