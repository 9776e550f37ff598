namespace Fairlead.ProjectFile.Yaml;

/// <summary>The characters of YAML 1.2, chapter 5.1. The parser would take some of the others for the end of the file.</summary>
internal static class Characters
{
    /// <summary>The first character that YAML does not allow, with its place, or null.</summary>
    public static (Place Place, char Character)? FindRefused(string text)
    {
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (!IsAllowed(text[i]))
                return (new Place(line, i - lineStart + 1), text[i]);
            else if (text[i] == '\n')
                (line, lineStart) = (line + 1, i + 1);
        }

        return null;
    }

    private static bool IsAllowed(char c) =>
        c is '\t' or '\n' or '\r' or (>= ' ' and <= '~') or '\u0085' or (>= '\u00a0' and < '\ud800') or (>= '\ue000' and <= '\ufffd' and not '\ufeff');
}
