namespace Fairlead.Bench.Months;

/// <summary>What the files below a folder hold.</summary>
internal static class FolderSize
{
    public static double Megabytes(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(path => new FileInfo(path).Length) / 1e6;
}
