/** How much of an upload is done. */
export function UploadProgress({ label, percent }: { label: string; percent: number }) {
  return (
    <div>
      <label htmlFor="upload-progress" className="block">
        {label}
      </label>
      <progress id="upload-progress" max={100} value={percent} className="h-3 w-full accent-brand" />
    </div>
  );
}
