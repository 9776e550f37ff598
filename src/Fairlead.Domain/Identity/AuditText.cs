using System.Globalization;
using System.Text;

namespace Fairlead.Domain.Identity;

/// <summary>Makes text of strangers safe to be kept and shown: one line, well-formed, nothing invisible that turns or hides what stands beside it.</summary>
public static class AuditText
{
    private const char Replacement = '\uFFFD';

    /// <param name="longest">Characters at most; what is longer ends with an ellipsis.</param>
    public static string Clean(string text, int longest)
    {
        var clean = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var rune in text.EnumerateRunes())
        {
            var shown = IsVisible(rune) ? rune : new Rune(Replacement);
            if (clean.Length + shown.Utf16SequenceLength > longest)
            {
                clean.Length = Math.Min(clean.Length, longest - 1);
                if (clean.Length > 0 && char.IsHighSurrogate(clean[^1]))
                    clean.Length--;
                return clean.Append('…').ToString();
            }

            clean.Append(shown.ToString());
        }

        return clean.ToString();
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
