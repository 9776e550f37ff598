using Fairlead.Steps.Keys;

namespace Fairlead.Steps.Tests.Keys;

public sealed class FileListingTests
{
    [Fact]
    public void Below_OfRandomPaths_AgreesWithALinearSearch()
    {
        var random = new Random(7);
        string[] names = ["a", "a.b", "a-b", "b", "ü", "a b", "z"];
        string Path(int depth) => string.Join('/', Enumerable.Range(0, depth).Select(_ => names[random.Next(names.Length)]));
        for (var round = 0; round < 300; round++)
        {
            var files = Enumerable.Range(0, random.Next(40)).Select(_ => Path(random.Next(1, 4))).Distinct().Order(StringComparer.Ordinal).ToArray();
            // A path is a file or a folder, never both.
            files = [.. files.Where(file => !files.Any(other => other.StartsWith(file + "/", StringComparison.Ordinal)))];
            var listing = new FileListing(files);
            var query = Path(random.Next(1, 3));
            Assert.Equal(files.Where(file => file == query || file.StartsWith(query + "/", StringComparison.Ordinal)), listing.Below(query));
            Assert.Equal(files, listing.Below("."));
        }
    }
}
