using Fairlead.Contracts.Compilation;
using Fairlead.Domain.Problems;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Fairlead.Contracts.Printing;

/// <summary>Writes .proto files from descriptors, such as those that a server tells of itself.</summary>
public static class ContractPrinter
{
    /// <summary>Begins each file, so that one which people wrote is not taken for one of these.</summary>
    public const string Heading = "// Written from what the service says of itself, without its comments and options.";

    /// <summary>Compilers bring these along.</summary>
    private const string WellKnown = "google/protobuf/";

    /// <param name="files">Serialized <c>FileDescriptorProto</c>s, imports first.</param>
    /// <param name="folder">Where they go, relative to the root of the repository, with forward slashes; empty for the root itself.</param>
    /// <returns>All but the well-known types.</returns>
    /// <exception cref="FairleadException">Invalid when they hold what is not written: editions, groups, names that are no paths.</exception>
    public static IReadOnlyList<PrintedFile> Print(IReadOnlyList<byte[]> files, string folder)
    {
        var descriptors = files.Select(file => FileDescriptorProto.Parser.ParseFrom(file)).ToList();
        foreach (var message in descriptors.SelectMany(file => file.MessageType))
            NameInJson(message);
        return [.. descriptors.Where(file => !IsWellKnown(file.Name)).Select(file => Print(file, descriptors, folder))];
    }

    private static PrintedFile Print(FileDescriptorProto file, List<FileDescriptorProto> all, string folder)
    {
        var path = PathOf(file.Name, folder);
        if (!ContractCompiler.IsName(path))
            throw FairleadException.Invalid($"The service names its file '{file.Name}', which is no path within a repository: ask its authors for the .proto file.");
        var text = new FilePrinter(file).Print(import => IsWellKnown(import) ? import : PathOf(import, folder));
        return new PrintedFile(path, text, file.Service.Count > 0, SetOf(file, all).ToByteArray());
    }

    /// <summary>Servers of some languages leave out the names that any compiler would give.</summary>
    private static void NameInJson(DescriptorProto message)
    {
        foreach (var field in message.Field.Where(field => !field.HasJsonName))
            field.JsonName = MessagePrinter.UsualJsonName(field.Name);
        foreach (var nested in message.NestedType)
            NameInJson(nested);
    }

    private static bool IsWellKnown(string name) => name.StartsWith(WellKnown, StringComparison.Ordinal);

    private static string PathOf(string name, string folder) => folder.Length == 0 ? name : $"{folder}/{name}";

    private static FileDescriptorSet SetOf(FileDescriptorProto file, List<FileDescriptorProto> all)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal) { file.Name };

        // Imports stand before what imports them, so that one walk from the end finds them all.
        foreach (var other in Enumerable.Reverse(all).Where(other => needed.Contains(other.Name)))
            needed.UnionWith(other.Dependency);
        return new FileDescriptorSet { File = { all.Where(other => other != file && needed.Contains(other.Name)), file } };
    }
}
