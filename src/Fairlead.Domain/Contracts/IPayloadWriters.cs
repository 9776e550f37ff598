namespace Fairlead.Domain.Contracts;

/// <summary>The seam that opens contracts for writing the messages of their methods.</summary>
public interface IPayloadWriters
{
    /// <param name="descriptors">As <see cref="IContractCompiler"/> gives them.</param>
    /// <returns>A writer that may be used by many threads at once.</returns>
    /// <exception cref="Problems.FairleadException">Damaged when the bytes are no set of descriptors.</exception>
    IPayloadWriter Open(byte[] descriptors);
}
