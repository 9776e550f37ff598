using Fairlead.Domain.Problems;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Fairlead.Contracts.Schema;

/// <summary>A set of descriptors with its names looked up.</summary>
internal sealed class ContractSchema
{
    /// <summary>Package of the contract's own file; empty when it has none.</summary>
    public required string Package { get; init; }

    /// <summary>By full name, in order of declaration: imports first.</summary>
    public required IReadOnlyDictionary<string, MessageSchema> Messages { get; init; }

    /// <summary>By full name, in order of declaration: imports first.</summary>
    public required IReadOnlyDictionary<string, EnumSchema> Enums { get; init; }

    /// <summary>Of the contract's file and of those that it imports publicly.</summary>
    public required IReadOnlyList<ServiceSchema> Services { get; init; }

    /// <summary>Full names of the messages and enums that the contract's file, or a file that it imports publicly, declares.</summary>
    public required IReadOnlySet<string> OwnTypes { get; init; }

    /// <param name="descriptors">A serialized <c>FileDescriptorSet</c> whose last file is the contract.</param>
    /// <exception cref="FairleadException">Damaged when it is none.</exception>
    public static ContractSchema Open(byte[] descriptors)
    {
        try
        {
            var set = FileDescriptorSet.Parser.ParseFrom(descriptors);
            return set.File.Count > 0 ? new SchemaBuilder(set).Build() : throw new InvalidDataException("it holds no file");
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidDataException or ArgumentException)
        {
            throw new FairleadException(ProblemKind.Damaged, $"The descriptors of a contract cannot be read ({e.Message}): compile the contract again.", e);
        }
    }
}
