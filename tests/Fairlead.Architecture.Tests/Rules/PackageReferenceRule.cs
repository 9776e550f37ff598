using Fairlead.Architecture.Tests.Source;

namespace Fairlead.Architecture.Tests.Rules;

/// <summary>A package is the matter of one room, or of few, so that it can be replaced there.</summary>
internal sealed class PackageReferenceRule : IArchitectureRule
{
    private static readonly Dictionary<string, string[]> RoomsByPackage = new(StringComparer.Ordinal)
    {
        ["Dapper"] = ["Fairlead.Catalog"],
        ["Microsoft.Data.Sqlite.Core"] = ["Fairlead.Catalog"],
        ["SQLitePCLRaw.bundle_e_sqlite3"] = ["Fairlead.Catalog"],
        ["YamlDotNet"] = ["Fairlead.ProjectFile"],
        ["System.CommandLine"] = ["Fairlead"],
        ["Spectre.Console"] = ["Fairlead"],
        ["Google.Protobuf"] = ["Fairlead.Grpc", "Fairlead.Contracts"],
        ["Grpc.Tools"] = ["Fairlead.Grpc", "Fairlead.Contracts"],
        ["OpenTelemetry"] = ["Fairlead.Serving"],
        ["OpenTelemetry.Exporter.OpenTelemetryProtocol"] = ["Fairlead.Serving"],
        ["MathNet.Numerics"] = ["Fairlead.Statistics", "Fairlead.Sweeps"],
        ["Microsoft.AspNetCore.OpenApi"] = ["Fairlead.Web"],
    };

    public IEnumerable<string> Check(SourceTree tree) =>
        from project in tree.Projects
        from package in project.Packages
        let rooms = RoomsByPackage.GetValueOrDefault(package)
        where rooms is null || !rooms.Contains(project.Name)
        select $"'{project.Name}' refers to package '{package}': {(rooms is null ? "no room may; say in this rule which one shall" : $"it belongs to '{string.Join("' and '", rooms)}'")}.";
}
