using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Fairlead.Grpc.Server;

/// <summary>Finds descriptors by the names that clients ask for.</summary>
internal sealed class ReflectionIndex
{
    private readonly Dictionary<string, FileDescriptor> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileDescriptor> symbols = new(StringComparer.Ordinal);
    private readonly HashSet<string> messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<int, FileDescriptor>> extensions = new(StringComparer.Ordinal);

    public ReflectionIndex(IEnumerable<FileDescriptor> descriptors)
    {
        foreach (var file in descriptors)
            Add(file);
        Services = [.. files.Values.SelectMany(file => file.Services).Select(service => service.FullName).Order(StringComparer.Ordinal)];
    }

    public IReadOnlyList<string> Services { get; }

    public FileDescriptor? FindFile(string name) => files.GetValueOrDefault(name);

    public FileDescriptor? FindSymbol(string fullName) => symbols.GetValueOrDefault(fullName);

    public FileDescriptor? FindExtension(string containingType, int number) => extensions.GetValueOrDefault(containingType)?.GetValueOrDefault(number);

    /// <returns>Null when there is no such message.</returns>
    public IReadOnlyCollection<int>? FindExtensionNumbers(string containingType)
    {
        if (extensions.TryGetValue(containingType, out var numbers))
            return numbers.Keys;
        return messages.Contains(containingType) ? [] : null;
    }

    /// <summary>A file and all that it imports, itself first, each once.</summary>
    public static IEnumerable<ByteString> WithDependencies(FileDescriptor file)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { file.Name };
        var open = new Queue<FileDescriptor>([file]);
        while (open.TryDequeue(out var next))
        {
            yield return next.SerializedData;
            foreach (var dependency in next.Dependencies)
            {
                if (seen.Add(dependency.Name))
                    open.Enqueue(dependency);
            }
        }
    }

    private void Add(FileDescriptor file)
    {
        if (!files.TryAdd(file.Name, file))
            return;
        foreach (var dependency in file.Dependencies)
            Add(dependency);
        foreach (var service in file.Services)
            AddAll(file, service.Methods.Select(method => method.FullName).Prepend(service.FullName));
        foreach (var message in file.MessageTypes)
            Add(message);
        foreach (var type in file.EnumTypes)
            Add(type);
        foreach (var extension in file.Extensions.UnorderedExtensions)
            Add(extension);
    }

    private void Add(MessageDescriptor message)
    {
        messages.Add(message.FullName);
        AddAll(message.File, message.Fields.InDeclarationOrder().Select(field => field.FullName).Prepend(message.FullName));
        AddAll(message.File, message.Oneofs.Select(oneof => oneof.FullName));
        foreach (var nested in message.NestedTypes)
            Add(nested);
        foreach (var type in message.EnumTypes)
            Add(type);
        foreach (var extension in message.Extensions.UnorderedExtensions)
            Add(extension);
    }

    private void Add(EnumDescriptor type)
    {
        // A value's full name stands beside its type's, not below it.
        var scope = type.FullName[..^type.Name.Length];
        AddAll(type.File, type.Values.Select(value => scope + value.Name).Prepend(type.FullName));
    }

    private void Add(FieldDescriptor extension)
    {
        symbols.TryAdd(extension.FullName, extension.File);
        var type = extension.ExtendeeType.FullName;
        if (!extensions.TryGetValue(type, out var numbers))
            extensions[type] = numbers = [];
        numbers.TryAdd(extension.FieldNumber, extension.File);
    }

    private void AddAll(FileDescriptor file, IEnumerable<string> names)
    {
        foreach (var name in names)
            symbols.TryAdd(name, file);
    }
}
