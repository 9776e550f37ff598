using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Fairlead.Domain.Configurations;

/// <summary>Where the value of a secret is found, when an instance starts.</summary>
/// <param name="Kind">Of place.</param>
/// <param name="Target">Name of the secret, name of the variable, or absolute path.</param>
public sealed partial record SecretReference(SecretKind Kind, string Target)
{
    /// <summary>What the text of a reference looks like.</summary>
    public const string Pattern = @"^(?:secret:[a-z][a-z0-9_]{0,62}|env:[A-Za-z_][A-Za-z0-9_]{0,127}|file:/[^\x00-\x1F\x7F]{1,4095})$";

    /// <summary>Reads <c>secret:NAME</c>, <c>env:VARIABLE</c> or <c>file:/PATH</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SecretReference? reference)
    {
        reference = null;
        // The form, which is published as well, lets a line feed through at the end.
        if (!Form().IsMatch(text) || text.EndsWith('\n'))
            return false;
        var colon = text.IndexOf(':');
        reference = new SecretReference(text[0] switch { 's' => SecretKind.Kept, 'e' => SecretKind.Variable, _ => SecretKind.File }, text[(colon + 1)..]);
        return true;
    }

    public override string ToString() => Kind switch
    {
        SecretKind.Kept => $"secret:{Target}",
        SecretKind.Variable => $"env:{Target}",
        _ => $"file:{Target}",
    };

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
