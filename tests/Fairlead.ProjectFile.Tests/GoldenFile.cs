using System.Runtime.CompilerServices;

namespace Fairlead.ProjectFile.Tests;

/// <summary>Texts kept beside the tests. A change of one is a change of what users see: set FAIRLEAD_ACCEPT_GOLDEN=1 to write them anew, and read the difference.</summary>
internal static class GoldenFile
{
    public static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name));

    public static void AssertEqual(string name, string actual, [CallerFilePath] string source = "")
    {
        if (Environment.GetEnvironmentVariable("FAIRLEAD_ACCEPT_GOLDEN") == "1")
            File.WriteAllText(Path.Combine(Path.GetDirectoryName(source)!, "Golden", name), actual);
        else
            Assert.Equal(Read(name), actual, ignoreLineEndingDifferences: true);
    }
}
