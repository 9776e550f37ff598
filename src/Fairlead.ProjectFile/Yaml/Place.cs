namespace Fairlead.ProjectFile.Yaml;

/// <summary>A position in the file; both count from 1, columns in UTF-16 units.</summary>
internal readonly record struct Place(int Line, int Column)
{
    public static readonly Place Start = new(1, 1);
}
