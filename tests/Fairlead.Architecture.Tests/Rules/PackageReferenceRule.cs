using Fairlead.Architecture.Tests.Source;

namespace Fairlead.Architecture.Tests.Rules;

/// <summary>A package is the matter of one room, so that it can be replaced there.</summary>
internal sealed class PackageReferenceRule : IArchitectureRule
{
    private static readonly Dictionary<string, string> RoomByPackage = new(StringComparer.Ordinal)
    {
        ["Dapper"] = "Fairlead.Catalog",
        ["Microsoft.Data.Sqlite.Core"] = "Fairlead.Catalog",
        ["SQLitePCLRaw.bundle_e_sqlite3"] = "Fairlead.Catalog",
        ["YamlDotNet"] = "Fairlead.ProjectFile",
        ["System.CommandLine"] = "Fairlead",
        ["Spectre.Console"] = "Fairlead",
        ["Microsoft.AspNetCore.OpenApi"] = "Fairlead.Web",
    };

    public IEnumerable<string> Check(SourceTree tree) =>
        from project in tree.Projects
        from package in project.Packages
        let room = RoomByPackage.GetValueOrDefault(package)
        where room != project.Name
        select $"'{project.Name}' refers to package '{package}': {(room is null ? "no room may; say in this rule which one shall" : $"it belongs to '{room}'")}.";
}
