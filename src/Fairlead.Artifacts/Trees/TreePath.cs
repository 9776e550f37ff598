namespace Fairlead.Artifacts.Trees;

/// <summary>The rule for paths in a tree: they stay below the folder that they are put into, on every platform.</summary>
internal static class TreePath
{
    /// <summary>What is wrong with the path, or null.</summary>
    public static string? Problem(string path)
    {
        if (path.Length == 0)
            return "it is empty";
        if (path[0] == '/')
            return "it is absolute";
        if (path.Contains('\\'))
            return "it holds a backslash, which separates folders on other platforms";
        if (path.Contains('\0'))
            return "it holds a NUL";
        if (path.Contains('\uFFFD'))
            return "it is not valid UTF-8";
        return path.Split('/').Any(part => part is "" or "." or "..") ? "it holds an empty part, '.' or '..'" : null;
    }
}
