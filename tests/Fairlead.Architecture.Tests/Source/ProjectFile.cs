using System.Xml.Linq;

namespace Fairlead.Architecture.Tests.Source;

/// <summary>A project below <c>src/</c> and what it refers to.</summary>
internal sealed record ProjectFile(string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public static ProjectFile Parse(string name, string xml)
    {
        var document = XDocument.Parse(xml);
        return new ProjectFile(
            name,
            [.. Includes(document, "ProjectReference").Select(path => System.IO.Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))],
            [.. Includes(document, "PackageReference")]);
    }

    private static IEnumerable<string> Includes(XDocument document, string element) =>
        document.Descendants().Where(node => node.Name.LocalName == element).Select(node => (string?)node.Attribute("Include")).OfType<string>();
}
